import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.util.Iterator;

/**
 * Echo server with java.nio (one thread, one selector).
 * Usage: java EchoServer HOST PORT
 */
public class EchoServer {
    private final Selector selector;
    private final ServerSocketChannel serverChannel;

    public EchoServer(String host, int port) throws IOException {
        selector = Selector.open();
        serverChannel = ServerSocketChannel.open();
        serverChannel.setOption(java.net.StandardSocketOptions.SO_REUSEADDR, true);
        serverChannel.bind(new InetSocketAddress(InetAddress.getByName(host), port), 100);
        serverChannel.configureBlocking(false);
        serverChannel.register(selector, SelectionKey.OP_ACCEPT);
    }

    public void run() throws IOException {
        while (true) {
            selector.select();
            Iterator<SelectionKey> it = selector.selectedKeys().iterator();
            while (it.hasNext()) {
                SelectionKey key = it.next();
                it.remove();
                if (!key.isValid()) continue;
                try {
                    if (key.isAcceptable()) doAccept();
                    else {
                        if (key.isReadable()) doRead(key);
                        if (key.isValid() && key.isWritable()) doWrite(key);
                    }
                } catch (IOException e) {
                    System.err.println("client error: " + e.getMessage());
                    close(key);
                }
            }
        }
    }

    private void doAccept() throws IOException {
        SocketChannel ch;
        try {
            ch = serverChannel.accept();
        } catch (IOException e) {
            System.err.println("accept: " + e.getMessage());
            return;
        }
        if (ch == null) return;
        ch.configureBlocking(false);
        ch.register(selector, SelectionKey.OP_READ, new Session());
        System.out.println("New connection");
    }

    private void doRead(SelectionKey key) throws IOException {
        SocketChannel ch = (SocketChannel) key.channel();
        Session s = (Session) key.attachment();
        ByteBuffer buf = ByteBuffer.allocate(8192);
        int n = ch.read(buf);
        if (n < 0) {
            s.ended = true;
            // still have to deliver what is in the queue
            key.interestOps(SelectionKey.OP_WRITE);
            return;
        }
        if (n == 0) return;
        buf.flip();
        s.queue.add(buf);
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void doWrite(SelectionKey key) throws IOException {
        SocketChannel ch = (SocketChannel) key.channel();
        Session s = (Session) key.attachment();
        while (!s.queue.isEmpty()) {
            ByteBuffer head = s.queue.peek();
            ch.write(head);
            if (head.hasRemaining()) {
                return; // kernel buffer is full, wait for the next event
            }
            s.queue.poll();
        }
        if (s.ended) {
            close(key);
        }
    }

    private void close(SelectionKey key) {
        if (key.channel() == serverChannel) return;
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException ignored) {
        }
        System.out.println("Connection closed");
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("Usage: java EchoServer HOST PORT");
            System.exit(1);
        }
        EchoServer srv = new EchoServer(args[0], Integer.parseInt(args[1]));
        System.out.println("Echo server on port " + args[1]);
        srv.run();
    }
}
