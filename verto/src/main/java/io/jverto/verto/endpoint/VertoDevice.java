package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.login.Identity;
import io.jverto.verto.present.Call;
import io.jverto.verto.session.Session;
import io.jverto.verto.session.SessionVariables;
import io.jverto.wire.verto.VertoMessage.Direction;
import java.util.Map;

/// One session that can be rung.
final class VertoDevice implements Endpoint.Device {
    private final Services services;
    private final Session session;

    VertoDevice(Services services, Session session) {
        this.services = services;
        this.session = session;
    }

    @Override
    public String channelName() {
        return VertoEndpoint.SCHEME + "/" + session.id();
    }

    @Override
    public String codecs() {
        return session.profile().calls().outboundCodecs();
    }

    @Override
    public MediaRules media() {
        return session.profile().media().rules();
    }

    @Override
    public String networkAddress() {
        return session.remote().getAddress().getHostAddress();
    }

    @Override
    public Endpoint.Callee callee() {
        String number = session.principal().calls().callerNumber();
        String user = session.identity() instanceof Identity.User known ? known.id().user() : "";
        return new Endpoint.Callee(session.displayName(), number.isEmpty() ? user : number);
    }

    @Override
    public Map<String, String> variables() {
        return SessionVariables.of(session);
    }

    @Override
    public CallSignal invite(Endpoint.OutgoingCall call) {
        Call offered = new Call(call.channel().id(), session, Direction.OUTBOUND, services.calls());
        services.counters().increment(VertoCount.CALLS_OFFERED);
        // Entered first: if the connection is lost between the two, one of the two sees it.
        if (!services.calls().add(offered) || !offered.ring(call.offer(), call.caller(), call.variables())) {
            call.channel().hangup(Cause.DESTINATION_OUT_OF_ORDER, false);
        }
        return offered;
    }
}
