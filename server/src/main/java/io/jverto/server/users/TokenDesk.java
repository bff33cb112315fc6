package io.jverto.server.users;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.login.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives out tokens by which a user of the directory, whether of the configuration or of the database, logs in for a short time: to
/// `./jverto user token`, to programs by the command `verto_token`, and to web applications by [TokenPage]. Whoever may ask has been looked at before. Thread-safe.
public final class TokenDesk {
    /// How long a token is good when nobody says.
    public static final int MINUTES = 10;
    private static final long LONGEST = AccessTokens.LONGEST.toMinutes();
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
    /// @param longest minutes that may be asked for
    private record Wish(UserId id, String minutes, String number, long longest) {}

    /// A token, or why there is none.
    sealed interface Answer {
        /// @param ends when it is good no more
        record Given(String token, UserId user, Instant ends) implements Answer {}

        /// There is no such user.
        record Unknown(String why) implements Answer {}

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
                request.string("minutes").orElse(""), request.string("number").orElse(""), LONGEST);
        return switch (ask(wish)) {
            case Answer.Given given -> new JsonObjectBuilder().put("ok", true).put("text", given.token()).build();
            case Answer.Unknown(String why) -> new JsonObjectBuilder().put("ok", false).put("text", why).build();
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
            UserId id = id(at < 0 ? words[0] : words[0].substring(0, at), at < 0 ? "" : words[0].substring(at + 1));
            return switch (ask(new Wish(id, words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : "", LONGEST))) {
                case Answer.Given given -> "+OK " + given.token() + "\n";
                case Answer.Unknown(String why) -> "-ERR " + why + "\n";
                case Answer.Refused(String why) -> "-ERR " + why + "\n";
            };
        });
    }

    /// @param domain empty for that of all users of whom nobody says another
    /// @param minutes as written, empty for the usual
    /// @param number the only one that may be called, empty for any
    /// @param longest minutes that may be asked for
    Answer ask(String user, String domain, String minutes, String number, long longest) {
        return ask(new Wish(id(user, domain), minutes, number, longest));
    }

    private UserId id(String user, String domain) {
        return new UserId(user, domain.isEmpty() ? directory.get().defaultDomain().orElse("") : domain);
    }

    private Answer ask(Wish wish) {
        String written = wish.minutes.isEmpty() ? String.valueOf(Math.min(MINUTES, wish.longest)) : wish.minutes;
        Duration life = DIGITS.matcher(written).matches() ? Duration.ofMinutes(Integer.parseInt(written)) : Duration.ZERO;
        if (life.compareTo(AccessTokens.SHORTEST) < 0 || life.toMinutes() > wish.longest) {
            return new Answer.Refused("a token is good for " + AccessTokens.SHORTEST.toMinutes() + " to " + wish.longest + " minutes");
        }
        Optional<DirectoryUser> user = directory.get().find(wish.id);
        if (user.isEmpty()) {
            return new Answer.Unknown("there is no user " + wish.id);
        }
        Optional<String> token = tokens.issue(user.get(), life, wish.number);
        if (token.isEmpty()) {
            return new Answer.Refused("a number has 1 to 256 characters, none of them a control character");
        }
        log.info("token for user {} given out, good for {} minutes{}", user.get().id(), life.toMinutes(),
                wish.number.isEmpty() ? "" : ", for one number");
        return new Answer.Given(token.get(), user.get().id(), tokens.ends(life));
    }
}
