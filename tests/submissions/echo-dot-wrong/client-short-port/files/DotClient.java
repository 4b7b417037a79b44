import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class DotClient {
    private static String talk(InetSocketAddress server, String message) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, 5000);
            socket.setSoTimeout(8000);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int c; (c = in.read()) != '.'; answer.write(c))
                if (c < 0)
                    throw new EOFException("no dot");
            answer.write('.');
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] args) {
        short port = Short.parseShort(args[1]);
        try {
            System.out.println(talk(new InetSocketAddress(args[0], port), args[2]));
        } catch (IOException e) {
            System.err.println("DotClient: " + e);
            System.exit(1);
        }
    }
}
