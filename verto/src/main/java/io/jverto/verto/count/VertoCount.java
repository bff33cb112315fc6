package io.jverto.verto.count;

import io.jverto.base.count.Counters;

/// Events of the Verto edge.
public enum VertoCount implements Counters.Counted {
    CONNECTIONS_OPENED("WebSockets that completed their handshake"),
    CONNECTIONS_REFUSED("TCP connections closed at once because their address has too many"),
    CONNECTIONS_FORBIDDEN("TCP connections closed at once because a list of networks keeps their address out"),
    PROXY_HEADERS_WRONG("TCP connections of trusted proxies closed because they did not begin with a PROXY header"),
    ORIGINS_REFUSED("WebSockets refused because the page that opens them is not on the list"),
    CERTIFICATES_REFUSED("changed certificate files that could not be used"),
    HANDSHAKES_FAILED("TCP connections closed before they became a WebSocket: TLS failure, bad request, or too slow"),
    HTTP2_FLOODS("HTTP/2 connections closed because they broke off too many requests, or sent too many frames that say nothing"),
    HTTP2_REFUSED("HTTP/2 requests refused because their connection had begun too many and ended none"),
    FRAMES_RECEIVED("text and binary frames received"),
    FRAMES_TOO_LONG("connections closed because of a message beyond the limit"),
    FRAMES_UNREADABLE("frames that were no JSON"),
    FLOODS("connections closed because they sent faster than requests can be processed"),
    SLOW_CONSUMERS("connections closed because the client does not read what it is sent"),
    LOGINS("successful logins"),
    LOGINS_FAILED("refused logins"),
    LOGINS_THROTTLED("logins refused without a look, after too many failures"),
    TOKENS_TAKEN("logins by a token"),
    TOKENS_EXPIRED("logins refused because their token had expired"),
    ONE_CALL_REFUSED("requests refused because their client's token is for one number alone"),
    CONTACTS_TOO_FAST("requests for contacts that came too fast"),
    LOGINS_BUSY("logins refused without a look, because too many wait for theirs to be looked at"),
    SESSIONS_TAKEN_OVER("sessions that a newer connection of the same user took"),
    SESSIONS_REFUSED("attempts to use the session of another user"),
    CALLS_PLACED("calls that clients placed"),
    CALLS_OFFERED("calls that clients were rung for"),
    CALLS_LEFT_ALONE("answered calls whose connection was lost, and that wait for their client"),
    CALLS_TAKEN_UP("such calls that their client has taken up again"),
    CALLS_GIVEN_UP("such calls that ended because their client did not come back in time"),
    CALLS_LOST("calls that ended because their connection was lost"),
    CALLS_TRANSFERRED("calls whose other party was transferred by their client"),
    CALLS_TOO_FAST("calls refused because the client places too many in a short time"),
    HOLDS_TOO_FAST("holds refused because the client holds and unholds too often"),
    UPDATES_TOO_FAST("media updates refused because the client sends too many"),
    CANDIDATES_UNREADABLE("late candidates that are none, or too many in one message"),
    CHATS_KEPT("chat messages kept for users who were not there"),
    CHATS_DELIVERED_LATE("kept chat messages that their user got after a login"),
    CHATS_LOST("chat messages for somebody who is not there that are not kept: unknown, too long or too many, or the server ended while the store was broken"),
    CHATS_TOO_FAST("chat messages refused because the client sends too many or too long ones"),
    TEXTS_REFUSED("real-time texts passed over because the profile has none, or because they come too fast"),
    SETTINGS_TOO_FAST("settings of live calls passed over because the client sends too many"),
    COMMANDS_UNUSED("commands to calls that nobody was told of: enable-fs-events is off, or they are too long"),
    MESSAGES_LOST("messages for a client whose connection was gone"),
    BROADCASTS_REFUSED("broadcasts refused for want of a right"),
    BROADCASTS_TOO_FAST("broadcasts refused because the client sends too many or too long ones"),
    RELAYED_OUT("broadcasts given to a multicast group"),
    RELAYED_IN("events taken from a multicast group"),
    RELAY_DROPPED("datagrams of a multicast group that were dropped: too long or too many, no event, from elsewhere, or for a channel that is not the clients' own"),
    SITE_REQUESTS("HTTP requests to the files of a vhost"),
    SITE_REWRITES_OVER_BUDGET("such requests given up because a rule took too many steps"),
    SITE_BUSY("such requests refused because too many files were on their way"),
    SPEED_TESTS("speed tests that were run"),
    SPEED_TESTS_REFUSED("speed tests that were passed over because the client had too many"),
    DEAD_PEERS("connections closed because nothing came back for a long time"),
    BUGS("connections ended by a bug of ours");

    private final String description;

    VertoCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
