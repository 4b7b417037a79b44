import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {
    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[1]), 5, InetAddress.getByName(args[0]));
        try (Socket client = server.accept()) {
            client.getOutputStream().write("Hello from Java\n".getBytes());
        } catch (IOException e) {
            System.err.println("the client has gone: " + e.getMessage());
        }
        server.close();
    }
}
