import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(args[0], Integer.parseInt(args[1])), 128);
        while (true) {
            try (Socket client = listener.accept()) {
                serve(client);
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    static void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        int fields = 1, count = 0;
        for (int b; (b = in.read()) >= 0; ) {
            if (b == '\n') {
                String answer = fields == 5 ? "OK " + count + "\n" : "ERR " + fields + " fields\n";
                out.write(answer.getBytes());
                fields = 1;
                count = 0;
            } else if (b == '|') {
                fields++;
                count = 0;
            } else {
                if (b == '\\' && in.read() < 0)
                    return;
                count++;
            }
        }
    }
}
