package io.jverto.bench.load;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// jverto with a SIP profile on the loopback that takes calls from 127.0.0.1 without a password, and sends every number to a gateway; without limits of its
/// own that a load would meet.
final class OwnSipServer implements AutoCloseable {
    private static final int FIRST_RTP = 16_384;
    private static final int FIRST_RTP_SPREAD = 4_000;
    private static final String ADDRESS = "127.0.0.1";
    private static final String PROFILE = """
            <configuration name="sofia.conf"><profiles><profile name="load">
              <gateways><gateway name="callees"><param name="proxy" value="%s"/><param name="register" value="false"/>
                <param name="jverto-max-calls-per-second" value="0"/></gateway></gateways>
              <settings><param name="sip-ip" value="127.0.0.1"/><param name="sip-port" value="%d"/><param name="rtp-ip" value="127.0.0.1"/>
                <param name="context" value="load"/><param name="apply-inbound-acl" value="load"/><param name="max-calls" value="100000"/>
                <param name="max-recv-requests-per-second" value="1000000"/></settings>
            </profile></profiles></configuration>
            """;
    private static final String DIALPLAN = """
            <include><context name="load"><extension name="load"><condition field="destination_number" expression="^(.+)$">
              <action application="bridge" data="sofia/gateway/callees/$1"/></condition></extension></context></include>
            """;
    private static final String LIST = "<network-lists><list name=\"load\" default=\"deny\"><node type=\"allow\" cidr=\"127.0.0.1/32\"/></list>";

    private final OwnServer server;
    private final int port;

    private OwnSipServer(OwnServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /// @param folder to keep its files in
    /// @param callees `address:port` of the gateway
    static OwnSipServer start(Path folder, String callees) throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getByName(ADDRESS))) {
            port = free.getLocalPort();
        }
        return new OwnSipServer(OwnServer.start(folder, conf -> configure(conf, callees, port)), port);
    }

    /// @param conf configuration folder of a server
    /// @param port where it is to take SIP
    static void configure(Path conf, String callees, int port) throws IOException {
        Files.writeString(conf.resolve("autoload_configs/sofia.conf.xml"), PROFILE.formatted(callees, port));
        Files.writeString(conf.resolve("dialplan/load.xml"), DIALPLAN);
        Path vars = conf.resolve("vars.xml");
        Files.writeString(vars, Files.readString(vars).replaceAll("data=\"rtp_start_port=[0-9]+", firstRtpPort()));
        replace(conf.resolve("autoload_configs/acl.conf.xml"), "<network-lists>", LIST);
        replace(conf.resolve("autoload_configs/switch.conf.xml"), "name=\"max-sessions\" value=\"1000\"", "name=\"max-sessions\" value=\"20000\"");
    }

    /// Ports rest for a while after each call: there have to be many.
    private static String firstRtpPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0)) {
            return "data=\"rtp_start_port=" + (FIRST_RTP + free.getLocalPort() % FIRST_RTP_SPREAD);
        }
    }

    private static void replace(Path file, String what, String by) throws IOException {
        Files.writeString(file, Files.readString(file).replace(what, by));
    }

    InetSocketAddress sip() {
        return new InetSocketAddress(ADDRESS, port);
    }

    /// @param collect its garbage before memory is read
    ServerProcess process(boolean collect) {
        return server.process(collect).orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
