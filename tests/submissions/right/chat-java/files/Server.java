import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

public class Server {
    static final Set<Member> members = ConcurrentHashMap.newKeySet();

    static class Member {
        final Socket socket;
        final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>(20000);
        Thread sender;

        Member(Socket socket) {
            this.socket = socket;
        }

        void send() {
            try {
                while (true)
                    socket.getOutputStream().write(unsent.take());
            } catch (IOException | InterruptedException gone) {
                members.remove(this);
            }
        }

        void hear() {
            try (socket) {
                InputStream in = socket.getInputStream();
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                byte[] bytes = new byte[4096];
                for (int count; (count = in.read(bytes)) >= 0;) {
                    for (int i = 0; i < count; i++) {
                        line.write(bytes[i]);
                        if (bytes[i] != '\n')
                            continue;
                        byte[] said = line.toByteArray();
                        line.reset();
                        for (Member other : members) {
                            if (other != this)
                                other.unsent.offer(said);
                        }
                    }
                }
            } catch (IOException gone) {
                System.err.println(gone);
            }
            members.remove(this);
            sender.interrupt();
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket listener =
                new ServerSocket(Integer.parseInt(args[1]), 100, InetAddress.getByName(args[0]));
        while (true) {
            Member member = new Member(listener.accept());
            members.add(member);
            member.sender = new Thread(member::send);
            member.sender.start();
            new Thread(member::hear).start();
        }
    }
}
