package io.jverto.server.page;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.wire.jsonrpc.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Answers `/config.json`, by which the page learns where to log in, what the server can do beyond the protocol, and which STUN and
/// TURN servers there are; everything else is left to the page's files. Thread-safe.
public final class PageConfig implements PageHandler {
    private static final String PATH = "/config.json";
    /// A host with or without a port, as it stands in `Host` (RFC 9110 section 7.2).
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-:\\[\\]]{1,255}");
    /// The path below which a proxy has us.
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){1,8}");
    /// verto-extensions.md, and the speed test.
    private static final List<String> ALWAYS = List.of("trickle", "speed-test", "messages", "room-places", "room-lock", "room-history", "room-roles", "login-wait", "tokens");

    private final PageHandler files;
    private final JsonArray features;
    /// That every login gets; empty when there is not one for all.
    private final String domain;
    private final IceServers iceServers;
    private final BooleanSupplier ownAuthority;
    private final Supplier<Instant> now;

    /// @param ownAuthority whether devices may have to be told to trust the server's certificate; must not block
    public PageConfig(PageHandler files, VertoConfig verto, BooleanSupplier ownAuthority, Supplier<Instant> now) {
        this.now = now;
        this.files = files;
        this.ownAuthority = ownAuthority;
        List<String> names = new ArrayList<>(ALWAYS);
        if (verto.presence()) {
            names.add("presence");
        }
        if (verto.profiles().stream().anyMatch(profile -> profile.extras().contacts())) {
            names.add("contacts");
        }
        features = texts(names.stream());
        List<String> domains = verto.profiles().stream().map(profile -> profile.auth().forceDomain()).distinct().toList();
        domain = domains.size() == 1 ? domains.getFirst() : "";
        iceServers = verto.iceServers();
    }

    @Override
    public PageResponse handle(PageRequest request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads && request.path().equals(PATH) ? config(request) : files.handle(request);
    }

    private PageResponse config(PageRequest request) {
        JsonObjectBuilder config = new JsonObjectBuilder();
        String host = request.headers().getOrDefault("host", "");
        if (HOST.matcher(host).matches()) {
            // A proxy that ends TLS says so: a page that came over https may open nothing but wss.
            boolean secure = request.secure() || request.headers().getOrDefault("x-forwarded-proto", "").equalsIgnoreCase("https");
            String prefix = request.headers().getOrDefault("x-forwarded-prefix", "");
            config.put("websocket", (secure ? "wss://" : "ws://") + host + (PREFIX.matcher(prefix).matches() ? prefix + "/" : ""));
        }
        config.put("iceServers", iceServers.ofGuests(now.get())).put("features", features);
        if (!domain.isEmpty()) {
            config.put("domain", domain);
        }
        if (ownAuthority.getAsBoolean()) {
            config.put("certificateAuthority", CaPage.PATH.substring(1)); // relative, for who comes by a path of a proxy
        }
        byte[] body = JsonText.write(config.build()).getBytes(StandardCharsets.UTF_8);
        return new PageResponse(200, PageFiles.headers("application/json", "no-store"), body);
    }

    private static JsonArray texts(Stream<String> texts) {
        return new JsonArray(texts.<JsonValue>map(JsonString::new).toList());
    }
}
