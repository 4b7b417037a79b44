import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

public class Server {
    static void serve(SocketChannel client) {
        try (client) {
            ByteBuffer bytes = ByteBuffer.allocate(8192);
            while (client.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining())
                    client.write(bytes);
                bytes.clear();
            }
        } catch (IOException gone) {
            return;
        }
    }

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        Files.deleteIfExists(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        while (true) {
            SocketChannel client = listener.accept();
            new Thread(() -> serve(client)).start();
        }
    }
}
