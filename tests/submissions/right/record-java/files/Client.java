import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) {
        StringBuilder line = new StringBuilder();
        for (int i = 2; i < 7; i++)
            line.append(args[i].replace("\\", "\\\\").replace("|", "\\|")).append(i < 6 ? "|" : "\n");
        try (Socket server = new Socket(args[0], Integer.parseInt(args[1]))) {
            server.getOutputStream().write(line.toString().getBytes(StandardCharsets.UTF_8));
            InputStream in = server.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            int b;
            while ((b = in.read()) >= 0 && b != '\n')
                answer.write(b);
            if (b < 0)
                throw new IOException("the answer has no end");
            System.out.println(answer);
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }
}
