import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

public class ChatServer {
    private static final Map<Socket, BlockingQueue<byte[]>> members = new ConcurrentHashMap<>();
    private static final byte[] LAST = new byte[0];

    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])), 100);
        while (true) {
            Socket member = listener.accept();
            BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
            members.put(member, queue);
            new Thread(() -> write(member, queue)).start();
            new Thread(() -> read(member, queue)).start();
        }
    }

    private static void write(Socket member, BlockingQueue<byte[]> queue) {
        try {
            for (byte[] line = queue.take(); line != LAST; line = queue.take())
                member.getOutputStream().write(line);
        } catch (IOException | InterruptedException e) {
            // whoever is gone hears nothing more
        }
    }

    private static void read(Socket member, BlockingQueue<byte[]> queue) {
        try (member) {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(member.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
                members.forEach((other, theirs) -> {
                    if (other != member)
                        theirs.add(bytes);
                });
            }
        } catch (IOException e) {
            // a reset is an end as well
        } finally {
            members.remove(member);
            queue.add(LAST);
        }
    }
}
