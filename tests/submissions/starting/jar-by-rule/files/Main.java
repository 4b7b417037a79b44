import java.io.*;
import java.net.*;

public class Main {
    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]));
        while (true) {
            try (Socket s = ss.accept()) {
                StringBuilder sb = new StringBuilder();
                Reader r = new InputStreamReader(s.getInputStream(), "ISO-8859-1");
                int c;
                while ((c = r.read()) != -1) {
                    sb.append((char) c);
                    if (c == '.') {
                        s.getOutputStream().write(sb.toString().getBytes("ISO-8859-1"));
                        break;
                    }
                }
            } catch (IOException e) {
                System.out.println("lanjut: " + e.getMessage());
            }
        }
    }
}
