import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) throws IOException {
        byte[] message = args[1].getBytes(StandardCharsets.UTF_8);
        try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
            ByteBuffer out = ByteBuffer.wrap(message);
            while (out.hasRemaining())
                server.write(out);
            ByteBuffer in = ByteBuffer.allocate(message.length);
            while (in.hasRemaining()) {
                if (server.read(in) < 0)
                    throw new IOException("the server closed early");
            }
            System.out.write(in.array());
            System.out.println();
        }
    }
}
