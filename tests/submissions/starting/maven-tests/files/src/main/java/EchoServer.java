import java.io.*;
import java.net.*;

public class EchoServer {
    static byte[] upToDot(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            text.write(c);
            if (c == '.')
                return text.toByteArray();
        }
        return null;
    }

    public static void main(String[] args) throws IOException {
        ServerSocket door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        while (true) {
            try (Socket client = door.accept()) {
                byte[] text = upToDot(new BufferedInputStream(client.getInputStream()));
                if (text != null)
                    client.getOutputStream().write(text);
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
