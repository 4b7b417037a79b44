import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Receiver of the stop and wait protocol, written with NIO.
 * State machine: RECEIVING -> LINGER -> end.
 */
public class ReliableServer {
    private static final int MAX = 4 + 1024;
    private static final long LINGER_MS = 1500;

    private final DatagramChannel ch;
    private final OutputStream file;
    private int next = 0;
    private boolean receiving = true;

    ReliableServer(InetSocketAddress at, String path) throws IOException {
        ch = DatagramChannel.open();
        ch.bind(at);
        ch.configureBlocking(false);
        file = new BufferedOutputStream(new FileOutputStream(path));
    }

    private void acknowledge(int number, SocketAddress to) throws IOException {
        ByteBuffer ack = ByteBuffer.allocate(4);
        ack.putInt(number).flip();
        ch.send(ack, to);
    }

    private void handle(ByteBuffer p, SocketAddress from) throws IOException {
        if (p.remaining() < 4) {
            return;
        }
        int seq = p.getInt();
        int diff = seq - next;      // works across the wrap, too
        if (diff > 0) {
            return;                 // from the future: we never acknowledged what is before it
        }
        if (diff == 0 && receiving) {
            if (!p.hasRemaining()) {
                file.close();
                receiving = false;
                System.out.println("complete, " + next + " datagrams");
            } else {
                file.write(p.array(), p.position(), p.remaining());
            }
            next++;
        }
        acknowledge(seq, from);     // new or old: the sender wants to know
    }

    void run() throws IOException {
        Selector sel = Selector.open();
        ch.register(sel, SelectionKey.OP_READ);
        ByteBuffer buf = ByteBuffer.allocate(MAX);
        while (true) {
            int ready = receiving ? sel.select() : sel.select(LINGER_MS);
            if (ready == 0) {
                if (receiving) {
                    continue;
                }
                break;
            }
            sel.selectedKeys().clear();
            while (true) {
                buf.clear();
                SocketAddress from = ch.receive(buf);
                if (from == null) {
                    break;
                }
                buf.flip();
                handle(buf, from);
            }
        }
        ch.close();
    }

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("java ReliableServer HOST PORT FILE");
            System.exit(2);
        }
        try {
            InetSocketAddress at = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
            new ReliableServer(at, args[2]).run();
        } catch (IOException | RuntimeException e) {
            System.err.println("server: " + e);
            System.exit(1);
        }
    }
}
