import java.io.*;
import java.net.*;
public class LengthClient {
    public static void main(String[] a) throws IOException {
        Socket s = new Socket(a[0], Integer.parseInt(a[1]));
        DataOutputStream o = new DataOutputStream(s.getOutputStream());
        o.writeUTF(a[2]);
        DataInputStream i = new DataInputStream(s.getInputStream());
        System.out.println(i.readUTF());
    }
}
