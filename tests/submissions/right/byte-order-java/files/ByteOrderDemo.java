import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public class ByteOrderDemo {
    static void show(ByteOrder order, int n) {
        byte[] b = ByteBuffer.allocate(2).order(order).putShort((short) n).array();
        System.out.println(String.format("0x%02x 0x%02x", b[0], b[1]));
    }

    public static void main(String[] args) {
        int n = Integer.parseInt(args[0]);
        if (n < 0 || n > 65535)
            throw new IllegalArgumentException("0 sampai 65535");
        show(ByteOrder.BIG_ENDIAN, n);
        show(ByteOrder.LITTLE_ENDIAN, n);
    }
}
