import java.io.*;
import java.net.*;

public class Telnet {
    static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[4096];
        for (int count; (count = from.read(bytes)) > 0; ) {
            to.write(bytes, 0, count);
            to.flush();
        }
    }

    public static void main(String[] args) {
        try {
            Socket server = new Socket(args[0], Integer.parseInt(args[1]));
            Thread sender = new Thread(() -> {
                try {
                    copy(System.in, server.getOutputStream());
                    server.shutdownOutput();
                } catch (IOException e) {
                    // whoever receives learns of it
                }
            });
            sender.setDaemon(true);
            sender.start();
            copy(server.getInputStream(), System.out);
            System.exit(0);
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }
}
