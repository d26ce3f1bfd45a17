import com.sun.tools.attach.VirtualMachine;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Prints, for each line that it reads, how many requests of each kind a broker of this machine has answered, as JSON. */
class ReadRequests {
  public static void main(String[] arguments) throws Exception {
    var broker = VirtualMachine.attach(arguments[0]);
    var address = new JMXServiceURL(broker.startLocalManagementAgent());
    var kinds = new ObjectName("kafka.network:type=RequestMetrics,name=RequestsPerSec,*");
    try (var connector = JMXConnectorFactory.connect(address)) {
      var server = connector.getMBeanServerConnection();
      var lines = new Scanner(System.in);
      while (lines.hasNextLine()) {
        lines.nextLine();
        var counts = new TreeMap<String, Long>();
        for (var kind : server.queryNames(kinds, null))
          counts.merge(kind.getKeyProperty("request"), (Long) server.getAttribute(kind, "Count"), Long::sum);
        System.out.println(counts.entrySet().stream()
            .map(each -> "\"" + each.getKey() + "\":" + each.getValue()).collect(Collectors.joining(",", "{", "}")));
      }
    }
  }
}
