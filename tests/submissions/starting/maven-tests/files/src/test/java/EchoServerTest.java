import static org.junit.Assert.assertArrayEquals;

import java.io.ByteArrayInputStream;
import org.junit.Test;

public class EchoServerTest {
    @Test
    public void stopsAtTheDot() throws Exception {
        assertArrayEquals("a.".getBytes(), EchoServer.upToDot(new ByteArrayInputStream("a.b".getBytes())));
    }
}
