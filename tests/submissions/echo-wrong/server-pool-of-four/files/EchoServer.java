import java.io.*;
import java.net.*;
import java.util.concurrent.*;

public class EchoServer {
    static void layani(Socket s) {
        try {
            InputStream in = s.getInputStream();
            OutputStream out = s.getOutputStream();
            byte[] buf = new byte[1024];
            int n;
            while ((n = in.read(buf)) != -1) {
                out.write(buf, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            System.err.println("client putus: " + e.getMessage());
        } finally {
            try { s.close(); } catch (IOException e) { }
        }
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        ServerSocket ss = new ServerSocket(port);
        System.out.println("Server siap di port " + port);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        while (true) {
            Socket s = ss.accept();
            pool.submit(() -> layani(s));
        }
    }
}
