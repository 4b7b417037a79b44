package id.kampus.jaringan;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class EchoClient {
    public static void main(String[] args) {
        byte[] message = args[2].getBytes(StandardCharsets.UTF_8);
        try (Socket server = new Socket(args[0], Integer.parseInt(args[1]))) {
            server.getOutputStream().write(message);
            byte[] answer = server.getInputStream().readNBytes(message.length);
            if (answer.length < message.length) {
                throw new IOException("the echo ended early");
            }
            System.out.write(answer, 0, answer.length);
            System.out.flush();
        } catch (IOException problem) {
            System.err.println("echo: " + problem.getMessage());
            System.exit(1);
        }
    }
}
