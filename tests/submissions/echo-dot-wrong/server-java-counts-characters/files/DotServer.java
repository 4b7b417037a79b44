import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class DotServer {
    static void serve(Socket client) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        InputStream in = client.getInputStream();
        byte[] part = new byte[2048];
        int length;
        while ((length = in.read(part)) > 0) {
            String text = new String(part, 0, length, StandardCharsets.UTF_8);
            int dot = text.indexOf('.');
            if (dot >= 0) {
                message.write(part, 0, dot + 1);
                client.getOutputStream().write(message.toByteArray());
                client.shutdownOutput();
                client.setSoTimeout(1000);
                while (in.read(part) > 0) {
                }
                return;
            }
            message.write(part, 0, length);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])), 64);
        while (true) {
            Socket client = server.accept();
            new Thread(() -> {
                try (client) {
                    serve(client);
                } catch (IOException e) {
                    System.err.println(e.getMessage());
                }
            }).start();
        }
    }
}
