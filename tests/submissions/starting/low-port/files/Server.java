import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(80);
        while (true) {
            Socket s = ss.accept();
            try {
                DataInputStream in = new DataInputStream(new BufferedInputStream(s.getInputStream()));
                ByteArrayOutputStream buf = new ByteArrayOutputStream();
                int c;
                do {
                    c = in.readUnsignedByte();
                    buf.write(c);
                } while (c != '.');
                buf.writeTo(s.getOutputStream());
            } catch (EOFException e) {
                System.out.println("client selesai sebelum titik");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            s.close();
        }
    }
}
