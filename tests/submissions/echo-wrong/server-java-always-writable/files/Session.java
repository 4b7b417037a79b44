import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What we remember about one client. */
class Session {
    final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
    boolean ended = false;
}
