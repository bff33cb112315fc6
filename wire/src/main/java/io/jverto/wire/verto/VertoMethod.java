package io.jverto.wire.verto;

import java.util.Arrays;
import java.util.Optional;

/// The methods that a client may call (verto-wire.md section 2.9).
public enum VertoMethod {
    LOGIN("login"),
    ECHO("echo"),
    JSAPI("jsapi"),
    FSAPI("fsapi"),
    INVITE("verto.invite"),
    ANSWER("verto.answer"),
    ATTACH("verto.attach"),
    BYE("verto.bye"),
    MODIFY("verto.modify"),
    CANDIDATE("verto.candidate"),
    INFO("verto.info"),
    PING("verto.ping"),
    SUBSCRIBE("verto.subscribe"),
    UNSUBSCRIBE("verto.unsubscribe"),
    BROADCAST("verto.broadcast");

    private final String wireName;

    VertoMethod(String wireName) {
        this.wireName = wireName;
    }

    /// @return the name on the wire
    public String wireName() {
        return wireName;
    }

    /// @param name as received; letter case counts
    public static Optional<VertoMethod> byName(String name) {
        return Arrays.stream(values()).filter(method -> method.wireName.equals(name)).findFirst();
    }
}
