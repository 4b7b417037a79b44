import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

public class PortScanner {
    public static void main(String[] args) {
        int first = Integer.parseInt(args[1]), last = Integer.parseInt(args[2]);
        for (int port = first; port <= last; port++) {
            try (Socket s = new Socket()) {
                s.connect(new InetSocketAddress(args[0], port), 500);
                System.out.println("Port " + port + " terbuka");
            } catch (IOException e) {
                // tertutup
            }
        }
    }
}
