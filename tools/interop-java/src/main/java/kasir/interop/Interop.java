package kasir.interop;

import com.alipay.global.api.DefaultAlipayClient;

/** Antom's official Java SDK against the simulator: every call, and every notification. */
public final class Interop {
    private Interop() {}

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.fromEnvironment();
        System.out.println("SDK\t" + DefaultAlipayClient.class.getProtectionDomain().getCodeSource().getLocation());
        try (Receiver receiver = new Receiver()) {
            Wishes wishes = new Wishes(receiver.url());
            Control shopper = new Control(settings.controlUrl());
            new CallChecks(settings, wishes, shopper).run();
            new WebhookChecks(settings, wishes, shopper, receiver).run();
        }
        System.out.println("DONE");
        System.exit(0);
    }
}
