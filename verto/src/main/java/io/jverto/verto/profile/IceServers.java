package io.jverto.verto.profile;

import io.jverto.base.Broken;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// STUN and TURN servers that calls of browsers may use. Passwords for TURN are made for each login and hold for a while: the server shares a
/// secret with the TURN server (coturn: `use-auth-secret`; draft-uberti-behave-turn-rest-00 section 2.2).
///
/// @param stun `stun:host:port` (RFC 7064)
/// @param turn `turn:host:port?transport=udp` (RFC 7065)
/// @param secret shared with the TURN servers; empty when there are none
/// @param life of a password
/// @param open whether everybody who can read `/config.json` gets a password, and not only who has logged in
public record IceServers(List<String> stun, List<String> turn, String secret, Duration life, boolean open) {
    public static final IceServers NONE = new IceServers(List.of(), List.of(), "", Duration.ofHours(12), false);
    /// For passwords that belong to nobody.
    private static final String GUEST = "guest";

    public IceServers {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "IceServers[stun=" + stun + ", turn=" + turn + "]";
    }

    public boolean isEmpty() {
        return stun.isEmpty() && turn.isEmpty();
    }

    /// @return entries as `RTCIceServer` has them, for somebody who has logged in
    public JsonArray of(String user, Instant now) {
        List<JsonValue> entries = new ArrayList<>();
        if (!stun.isEmpty()) {
            entries.add(new JsonObjectBuilder().put("urls", texts(stun)).build());
        }
        if (!turn.isEmpty()) {
            String name = expires(now) + ":" + user;
            entries.add(new JsonObjectBuilder().put("urls", texts(turn)).put("username", name).put("credential", password(name)).build());
        }
        return new JsonArray(entries);
    }

    /// @return entries for whoever reads `/config.json`
    public JsonArray ofGuests(Instant now) {
        return open ? of(GUEST, now) : new IceServers(stun, List.of(), "", life, false).of(GUEST, now);
    }

    /// @return epoch seconds at which a password that is made now ends; 0 when none is made
    public long expires(Instant now) {
        return turn.isEmpty() ? 0 : now.plus(life).getEpochSecond();
    }

    private String password(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has HMAC-SHA1", impossible);
        }
    }

    private static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }
}
