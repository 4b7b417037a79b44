import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            byte[] greeting = socket.getInputStream().readAllBytes();
            if (greeting.length == 0) {
                System.err.println("no greeting came");
                System.exit(1);
            }
            System.out.write(greeting);
            System.out.flush();
            socket.getOutputStream().write(args[2].getBytes(StandardCharsets.UTF_8));
        }
    }
}
