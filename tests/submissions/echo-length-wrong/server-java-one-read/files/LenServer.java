import java.io.*;
import java.net.*;
public class LenServer {
    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]));
        while (true) {
            try (Socket s = ss.accept()) {
                DataInputStream in = new DataInputStream(s.getInputStream());
                DataOutputStream out = new DataOutputStream(s.getOutputStream());
                for (;;) {
                    int n = in.readInt();
                    if (n < 0 || n > 16 * 1024 * 1024) break;
                    byte[] b = new byte[n];
                    int got = n == 0 ? 0 : in.read(b);
                    if (got < 0) break;
                    out.writeInt(got);
                    out.write(b, 0, got);
                }
            } catch (IOException e) { }
        }
    }
}
