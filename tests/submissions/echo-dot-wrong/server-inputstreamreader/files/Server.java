import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        ServerSocket server = new ServerSocket(port);
        System.out.println("Menunggu client di port " + port);
        while (true) {
            try (Socket client = server.accept()) {
                Reader in = new InputStreamReader(client.getInputStream());
                StringBuilder pesan = new StringBuilder();
                int b;
                while ((b = in.read()) != -1) {
                    pesan.append((char) b);
                    if (b == '.')
                        break;
                }
                if (b == '.') {
                    client.getOutputStream().write(pesan.toString().getBytes());
                    client.getOutputStream().flush();
                }
            } catch (IOException e) {
                System.out.println("client bermasalah: " + e.getMessage());
            }
        }
    }
}
