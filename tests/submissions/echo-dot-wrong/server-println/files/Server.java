import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        ServerSocket server = new ServerSocket(port);
        System.out.println("Menunggu client di port " + port);
        while (true) {
            try (Socket client = server.accept()) {
                InputStream in = new BufferedInputStream(client.getInputStream());
                ByteArrayOutputStream pesan = new ByteArrayOutputStream();
                int b;
                while ((b = in.read()) != -1) {
                    pesan.write(b);
                    if (b == '.')
                        break;
                }
                if (b == '.') {
                    PrintStream out = new PrintStream(client.getOutputStream(), true);
                    out.write(pesan.toByteArray());
                    out.println();
                }
            } catch (IOException e) {
                System.out.println("client bermasalah: " + e.getMessage());
            }
        }
    }
}
