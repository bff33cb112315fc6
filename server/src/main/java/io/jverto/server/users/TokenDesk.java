package io.jverto.server.users;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.login.AccessTokens;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives out tokens by which a user of the directory, whether of the configuration or of the database, logs in for a short time: to
/// `./jverto user token`, and to programs by the command `verto_token`. Whoever may ask has been looked at before. Thread-safe.
public final class TokenDesk {
    /// How long a token is good when nobody says.
    public static final int MINUTES = 10;
    private static final String NAME = "verto_token";
    private static final String USAGE = "-USAGE: verto_token <user>[@<domain>] [<minutes>] [<number>]\n";
    private static final Logger log = LoggerFactory.getLogger(TokenDesk.class);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,6}");

    private final Supplier<Directory> directory;
    private final AccessTokens tokens;

    public TokenDesk(Supplier<Directory> directory, AccessTokens tokens) {
        this.directory = directory;
        this.tokens = tokens;
    }

    /// @param number empty for any
    private record Wish(UserId id, String minutes, String number) {}

    /// A token, or why there is none.
    private sealed interface Answer {
        record Given(String token) implements Answer {}

        record Refused(String why) implements Answer {}
    }

    /// Whether a request to the users' socket is for this one.
    public static boolean isFor(JsonObject request) {
        return request.string("do").filter("token"::equals).isPresent();
    }

    /// @param request with `user`, `domain`, `minutes` and `number`, all of them texts
    /// @return the token as `text`
    public JsonObject run(JsonObject request) {
        Wish wish = new Wish(new UserId(request.string("user").orElse(""), request.string("domain").orElse("")),
                request.string("minutes").orElse(""), request.string("number").orElse(""));
        return switch (ask(wish)) {
            case Answer.Given(String token) -> new JsonObjectBuilder().put("ok", true).put("text", token).build();
            case Answer.Refused(String why) -> new JsonObjectBuilder().put("ok", false).put("text", why).build();
        };
    }

    /// @return `verto_token`
    public ApiCommand command() {
        return ApiCommand.of(NAME, arguments -> {
            String[] words = arguments.trim().split("\\s+");
            if (words[0].isEmpty() || words.length > 3) {
                return USAGE;
            }
            int at = words[0].lastIndexOf('@');
            String domain = at < 0 ? directory.get().defaultDomain().orElse("") : words[0].substring(at + 1);
            UserId id = new UserId(at < 0 ? words[0] : words[0].substring(0, at), domain);
            return switch (ask(new Wish(id, words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : ""))) {
                case Answer.Given(String token) -> "+OK " + token + "\n";
                case Answer.Refused(String why) -> "-ERR " + why + "\n";
            };
        });
    }

    private Answer ask(Wish wish) {
        String written = wish.minutes.isEmpty() ? String.valueOf(MINUTES) : wish.minutes;
        Duration life = DIGITS.matcher(written).matches() ? Duration.ofMinutes(Integer.parseInt(written)) : Duration.ZERO;
        if (life.compareTo(AccessTokens.SHORTEST) < 0 || life.compareTo(AccessTokens.LONGEST) > 0) {
            return new Answer.Refused("a token is good for " + AccessTokens.SHORTEST.toMinutes() + " to " + AccessTokens.LONGEST.toMinutes() + " minutes");
        }
        Optional<DirectoryUser> user = directory.get().find(wish.id);
        if (user.isEmpty()) {
            return new Answer.Refused("there is no user " + wish.id);
        }
        Optional<String> token = tokens.issue(user.get(), life, wish.number);
        if (token.isEmpty()) {
            return new Answer.Refused("a number has 1 to 256 characters, none of them a control character");
        }
        log.info("token for user {} given out, good for {} minutes{}", user.get().id(), life.toMinutes(),
                wish.number.isEmpty() ? "" : ", for one number");
        return new Answer.Given(token.get());
    }
}
