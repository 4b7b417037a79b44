import java.io.*;
import java.net.*;

public class EchoServer {
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: java EchoServer <host> <port>");
            System.exit(1);
        }
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
        System.out.println("Server siap");
        while (true) {
            final Socket client = server.accept();
            new Thread(new Runnable() {
                public void run() {
                    layani(client);
                }
            }).start();
        }
    }

    static void layani(Socket client) {
        try (Socket s = client) {
            InputStream in = s.getInputStream();
            OutputStream out = s.getOutputStream();
            byte[] buf = new byte[4096];
            int n;
            while ((n = in.read(buf)) != -1) {
                out.write(buf, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            System.err.println("client putus: " + e.getMessage());
        }
    }
}
