package kasir.interop;

import java.util.Objects;

/** Says one line per check; the orchestrator reads them. */
final class Checks {
    private final String group;

    Checks(String group) {
        this.group = group;
    }

    interface Action {
        void run() throws Exception;
    }

    void equal(String name, Object expected, Object actual) {
        say(name, Objects.equals(expected, actual), "expected " + expected + ", got " + actual);
    }

    void that(String name, boolean holds, String detail) {
        say(name, holds, detail);
    }

    /** For what the SDK must refuse by throwing. */
    void refuses(String name, String because, Action action) {
        try {
            action.run();
            say(name, false, "was accepted");
        } catch (Exception error) {
            String message = String.valueOf(error.getMessage());
            say(name, message.contains(because), message);
        }
    }

    private void say(String name, boolean ok, String detail) {
        String flat = detail.replaceAll("\\s+", " ");
        System.out.println("CHECK\t" + (ok ? "ok" : "FAILED") + "\t" + group + "\t" + name + "\t" + flat);
    }
}
