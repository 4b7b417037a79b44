import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

public class Server {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        byte[] buffer = new byte[65535];
        DatagramPacket packet = new DatagramPacket(buffer, 512);
        while (true) {
            socket.receive(packet);
            socket.send(packet);
        }
    }
}
