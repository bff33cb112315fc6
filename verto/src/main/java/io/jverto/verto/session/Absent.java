package io.jverto.verto.session;

import io.jverto.verto.login.Identity;
import io.jverto.verto.login.NameList;
import io.jverto.verto.login.Principal;
import io.jverto.verto.login.Rights;
import io.jverto.verto.outbound.Outbox;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.profile.VertoProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Function;

/// Sessions of before the server was started again: no connection, no rights, only whose they are.
public final class Absent {
    private static final NameList NOTHING = NameList.of("");
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

    private Absent() {}

    /// @param outbox made for a connection that is closed
    public static Session session(String id, Identity identity, VertoProfile profile, Function<Transport, Outbox> outbox) {
        Principal principal = new Principal(identity, new Rights(NOTHING, NOTHING, NOTHING, NOTHING), Map.of(),
                new Principal.CallDefaults("", "", "", ""), new Principal.Flags(false, false, false), 0, "");
        Outbox closed = outbox.apply(new Gone());
        closed.close();
        return new Session(id, principal, profile, closed, new Session.Peer(NOWHERE, false));
    }

    /// A connection that is closed.
    private static final class Gone implements Transport {
        @Override
        public boolean send(String text) {
            return false;
        }

        @Override
        public boolean sendAndWait(String text) {
            return false;
        }

        @Override
        public void ping() {
            // nobody is there
        }

        @Override
        public void reading(boolean on) {
            // nothing comes
        }

        @Override
        public void close() {
            // it is
        }

        @Override
        public InetSocketAddress remote() {
            return NOWHERE;
        }

        @Override
        public boolean secure() {
            return false;
        }
    }
}
