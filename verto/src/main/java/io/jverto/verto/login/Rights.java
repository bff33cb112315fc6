package io.jverto.verto.login;

import io.jverto.switchboard.directory.DirectoryUser;

/// What a client may do. A list that the directory does not mention allows nothing.
public record Rights(NameList methods, NameList jsapi, NameList fsapi, NameList eventChannels) {
    /// Everything: root, blind registration, profiles without login.
    public static final Rights ALL = new Rights(NameList.ALL, NameList.ALL, NameList.ALL, NameList.ALL);

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
