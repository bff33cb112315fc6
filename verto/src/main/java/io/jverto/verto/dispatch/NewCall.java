package io.jverto.verto.dispatch;

import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.verto.login.Identity;
import io.jverto.verto.login.Principal;
import io.jverto.verto.present.Call;
import io.jverto.verto.session.Session;
import io.jverto.verto.session.SessionVariables;
import io.jverto.wire.verto.DialogParams;
import io.jverto.wire.verto.VertoRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A client's `verto.invite` as the switch wants it: caller profile and channel variables (verto-wire.md sections 5.2, 5.3, 11.4).
final class NewCall {
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private NewCall() {}

    static IncomingCall of(Session session, VertoRequest.Invite invite, Call call) {
        return new IncomingCall(
                new ChannelId(invite.dialog().callId()),
                caller(session, invite.dialog()),
                variables(session, invite.dialog()),
                invite.sdp(),
                session.profile().calls().inboundCodecs(),
                session.profile().media().rules(),
                call);
    }

    private static CallerProfile caller(Session session, DialogParams dialog) {
        Principal.CallDefaults defaults = session.principal().calls();
        String number = first(dialog.caller().number(), defaults.callerNumber());
        return new CallerProfile(
                first(dialog.caller().name(), defaults.callerName()),
                number,
                dialog.caller().remoteName(),
                dialog.caller().remoteNumber(),
                dialog.destinationNumber(),
                first(defaults.context(), session.profile().calls().context()),
                first(defaults.dialplan(), session.profile().calls().dialplan()),
                session.identity().toString(),
                first(dialog.origin().ani(), number),
                dialog.origin().aniii(),
                dialog.origin().rdnis(),
                session.remote().getAddress().getHostAddress(),
                "mod_verto",
                "verto.rtc/" + dialog.destinationNumber());
    }

    private static Map<String, String> variables(Session session, DialogParams dialog) {
        // Identity comes last: neither the client nor the directory may overwrite it.
        Map<String, String> variables = new LinkedHashMap<>(session.principal().variables());
        variables.putAll(dialogVariables(dialog));
        variables.putAll(optionVariables(dialog));
        putKnown(variables, "verto_remote_caller_id_name", dialog.caller().remoteName());
        putKnown(variables, "verto_remote_caller_id_number", dialog.caller().remoteNumber());
        variables.putAll(SessionVariables.of(session));
        return variables;
    }

    /// What a client may say of itself and its sound, at the beginning of a call and later.
    static Map<String, String> dialogVariables(DialogParams dialog) {
        Map<String, String> variables = new LinkedHashMap<>();
        dialog.userVariables().forEach((name, value) -> {
            if (VARIABLE_NAME.matcher(name).matches()) {
                variables.put("verto_dvar_" + name, value);
            }
        });
        DialogParams.AudioProcessing audio = dialog.audio();
        if (audio.given()) {
            variables.put("verto_echoCancellation", String.valueOf(audio.echoCancellation()));
            variables.put("verto_noiseSuppression", String.valueOf(audio.noiseSuppression()));
            variables.put("verto_autoGainControl", String.valueOf(audio.autoGainControl()));
        }
        return variables;
    }

    private static Map<String, String> optionVariables(DialogParams dialog) {
        Map<String, String> variables = new LinkedHashMap<>();
        DialogParams.CallOptions options = dialog.options();
        putTrue(variables, "video_screen_share", options.screenShare());
        putTrue(variables, "video_second_source", options.secondSource());
        putTrue(variables, "video_use_dedicated_encoder", options.dedicatedEncoder());
        putTrue(variables, "video_mirror_input", options.mirrorInput());
        putKbps(variables, "verto_outgoing_bandwidth", options.outgoingKbps());
        putKbps(variables, "verto_incoming_bandwidth", options.incomingKbps());
        if (options.canvas() >= 0) {
            variables.put("video_initial_watching_canvas", String.valueOf(options.canvas()));
            variables.put("video_second_screen", "true");
        }
        return variables;
    }

    private static void putTrue(Map<String, String> variables, String name, boolean value) {
        if (value) {
            variables.put(name, "true");
        }
    }

    private static void putKbps(Map<String, String> variables, String name, int kbps) {
        if (kbps > 0) {
            variables.put(name, String.valueOf(kbps));
        }
    }

    private static void putKnown(Map<String, String> variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
