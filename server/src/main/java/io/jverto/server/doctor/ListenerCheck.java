package io.jverto.server.doctor;

import io.jverto.base.net.Addresses;
import io.jverto.server.finding.Finding;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// The addresses that clients connect to: does a server that runs listen there, or could one?
final class ListenerCheck {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int FIRST_FREE_FOR_ALL = 1_024;

    private final boolean running;

    ListenerCheck(boolean running) {
        this.running = running;
    }

    List<Finding> run(List<VertoProfile> profiles) {
        List<Finding> findings = new ArrayList<>();
        for (VertoProfile profile : profiles) {
            profile.binds().forEach(bind -> findings.add(running ? listens(bind) : couldListen(bind)));
            findings.add(access(profile));
        }
        if (profiles.stream().flatMap(profile -> profile.binds().stream()).noneMatch(Bind::secure)) {
            findings.add(Finding.warning("listener", "no profile listens over TLS",
                    "browsers give no microphone to a page that did not come over https, unless a proxy adds it",
                    "add a bind-local with secure=\"true\" and a secure-combined to verto.conf.xml"));
        }
        return findings;
    }

    private static Finding listens(Bind bind) {
        try (Socket socket = new Socket()) {
            socket.connect(reachable(bind.address()), CONNECT_MILLIS);
            return Finding.fine("listener", text(bind) + " takes connections");
        } catch (IOException refused) {
            return Finding.error("listener", text(bind) + " takes no connection: " + refused.getMessage(), "nobody can open the page or log in there",
                    "look into the log of the server; was the configuration changed since it started?");
        }
    }

    private static Finding couldListen(Bind bind) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(bind.address());
            return Finding.fine("listener", text(bind) + " is free");
        } catch (IOException refused) {
            boolean low = bind.address().getPort() < FIRST_FREE_FOR_ALL && String.valueOf(refused.getMessage()).contains("ermission");
            return Finding.error("listener", text(bind) + " cannot be opened: " + refused.getMessage(), "the server does not start",
                    low ? "ports below 1024 need a right: give the unit AmbientCapabilities=CAP_NET_BIND_SERVICE, see docs/hosting"
                            : "stop what uses the port (ss -ltnp shows it), or choose another in " + bind.origin());
        }
    }

    private static Finding access(VertoProfile profile) {
        int lists = profile.access().networks().size();
        if (lists == 0) {
            return Finding.fine("acl", "profile " + profile.name() + " takes connections from every address");
        }
        boolean own = profile.access().allows(InetAddress.getLoopbackAddress());
        return own
                ? Finding.fine("acl", "profile " + profile.name() + " takes connections from the networks of " + lists + " lists")
                : Finding.warning("acl", "profile " + profile.name() + " takes no connection from this machine itself (apply-connection-acl)",
                        "a proxy on this machine, and a look from here, are closed without a byte", "add loopback.auto to the lists, if that is not meant");
    }

    /// @return an address of this machine at which it can be tried
    static InetSocketAddress reachable(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress() ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort()) : bound;
    }

    private static String text(Bind bind) {
        return (bind.secure() ? "wss " : "ws ") + Addresses.text(bind.address());
    }
}
