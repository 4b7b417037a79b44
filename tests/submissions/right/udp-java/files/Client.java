import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket();
        socket.setSoTimeout(3000);
        byte[] message = args[2].getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(message, message.length, new InetSocketAddress(args[0], Integer.parseInt(args[1]))));
        DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
        socket.receive(answer);
        System.out.write(answer.getData(), 0, answer.getLength());
        System.out.flush();
    }
}
