package io.jverto.verto.login;

import io.jverto.switchboard.directory.DirectoryUser;
import java.util.function.UnaryOperator;

/// What a client may do. A list that the directory does not mention allows nothing.
public record Rights(NameList methods, NameList jsapi, NameList fsapi, NameList eventChannels) {
    /// Everything: root, blind registration, profiles without login.
    public static final Rights ALL = new Rights(NameList.ALL, NameList.ALL, NameList.ALL, NameList.ALL);

    /// The four lists; their names in lower case are those of `verto perm`.
    public enum Kind {
        METHODS,
        JSAPI,
        FSAPI,
        EVENT_CHANNELS
    }

    /// @return these rights with one list changed
    public Rights change(Kind kind, UnaryOperator<NameList> change) {
        return switch (kind) {
            case METHODS -> new Rights(change.apply(methods), jsapi, fsapi, eventChannels);
            case JSAPI -> new Rights(methods, change.apply(jsapi), fsapi, eventChannels);
            case FSAPI -> new Rights(methods, jsapi, change.apply(fsapi), eventChannels);
            case EVENT_CHANNELS -> new Rights(methods, jsapi, fsapi, change.apply(eventChannels));
        };
    }

    /// @return what is left of these for whoever may make one call: no commands, no events but those that come with the call
    Rights ofOneCall() {
        NameList none = NameList.of("");
        return new Rights(methods, none, none, none);
    }

    static Rights of(DirectoryUser user) {
        return new Rights(
                list(user, "jsonrpc-allowed-methods"),
                list(user, "jsonrpc-allowed-jsapi"),
                list(user, "jsonrpc-allowed-fsapi"),
                list(user, "jsonrpc-allowed-event-channels"));
    }

    private static NameList list(DirectoryUser user, String param) {
        return NameList.of(user.param(param).orElse(""));
    }
}
