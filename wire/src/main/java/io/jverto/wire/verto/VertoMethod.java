package io.jverto.wire.verto;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    BROADCAST("verto.broadcast"),
    CONTACTS("verto.contacts");

    private static final Map<String, VertoMethod> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(VertoMethod::wireName, Function.identity()));

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
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
