package kasir.interop;

/** What the orchestrator tells us. Keys are bare Base64, as Antom's dashboard shows them. */
record Settings(
        String antomUrl,
        String controlUrl,
        String clientId,
        String merchantPrivateKey,
        String antomPublicKey,
        String strangerPrivateKey,
        String strangerPublicKey) {

    static Settings fromEnvironment() {
        return new Settings(
                needed("ANTOM_URL"),
                needed("CONTROL_URL"),
                needed("CLIENT_ID"),
                needed("MERCHANT_PRIVATE_KEY"),
                needed("ANTOM_PUBLIC_KEY"),
                needed("STRANGER_PRIVATE_KEY"),
                needed("STRANGER_PUBLIC_KEY"));
    }

    private static String needed(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set");
        return value;
    }
}
