package io.jverto.switchboard.api;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.dialplan.Matching;
import io.jverto.switchboard.dialplan.Strftime;
import io.jverto.switchboard.port.ApiCommand;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands that only compute (dialplan-directory.md section 14.1). Dialplans use them in `${name(arguments)}`, so nothing here acts.
final class TextCommands {
    private static final Pattern COMPARISON = Pattern.compile("^(.*?)\\s*(==|!=|<=|>=|<|>)\\s*(.*?)\\s*\\?\\s*(.*?)\\s*:\\s*(.*)$", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern GROUP = Pattern.compile("[%$]([0-9])");
    private static final int MAX_LENGTH = 32_768;

    private TextCommands() {}

    static List<ApiCommand> of(ChannelServices services) {
        return List.of(
                ApiCommand.of("md5", TextCommands::md5),
                ApiCommand.of("url_encode", text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")),
                ApiCommand.of("url_decode", TextCommands::decoded),
                ApiCommand.of("toupper", text -> text.toUpperCase(Locale.ROOT)),
                ApiCommand.of("tolower", text -> text.toLowerCase(Locale.ROOT)),
                ApiCommand.of("coalesce", TextCommands::coalesce),
                ApiCommand.of("cond", TextCommands::cond),
                ApiCommand.of("regex", text -> regex(text, services)),
                ApiCommand.of("create_uuid", _ -> Tokens.uuid(services.random())),
                ApiCommand.of("strepoch", _ -> String.valueOf(services.time().wallTime().getEpochSecond())),
                ApiCommand.of("strftime", text -> Strftime.format(text, services.time().wallTime().atZone(ZoneId.systemDefault()))));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new io.jverto.base.Broken("every JDK has MD5");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /// The first that is not empty of `a,b`, or with another separator `^^:a:b`.
    private static String coalesce(String text) {
        boolean own = text.length() > 3 && text.startsWith("^^");
        String separator = own ? text.substring(2, 3) : ",";
        String list = own ? text.substring(3) : text;
        return Arrays.stream(list.split(Pattern.quote(separator))).filter(part -> !part.isEmpty()).findFirst().orElse("");
    }

    /// `a == b ? yes : no`; numbers compare as numbers, other text is the same or not, and longer or not.
    private static String cond(String text) {
        Matcher parts = text.length() > MAX_LENGTH ? COMPARISON.matcher("") : COMPARISON.matcher(text);
        if (!parts.matches()) {
            return "-ERR";
        }
        String one = unquoted(parts.group(1));
        String other = unquoted(parts.group(3));
        boolean numbers = NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches();
        int order = numbers
                ? new java.math.BigDecimal(one).compareTo(new java.math.BigDecimal(other))
                : Integer.compare(one.length(), other.length());
        boolean same = numbers ? order == 0 : one.equals(other);
        boolean holds = switch (parts.group(2)) {
            case "==" -> same;
            case "!=" -> !same;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
        return unquoted(parts.group(holds ? 4 : 5));
    }

    private static String unquoted(String text) {
        String trimmed = text.trim();
        return trimmed.length() > 1 && trimmed.startsWith("'") && trimmed.endsWith("'") ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }

    /// `data|expression[|substitute[|n or b]]`. Without a substitute it tells whether the expression matches; `%1` is its first group. When
    /// nothing matches: the data, with `n` nothing, with `b` `false`.
    private static String regex(String text, ChannelServices services) {
        String[] parts = text.split("\\|", -1);
        if (parts.length < 2 || parts[1].isEmpty()) {
            return "-ERR";
        }
        Optional<List<String>> groups = Matching.find(parts[1], parts[0], services.counters());
        if (parts.length == 2) {
            return String.valueOf(groups.isPresent());
        }
        String otherwise = parts.length < 4 ? parts[0] : parts[3].equals("n") ? "" : parts[3].equals("b") ? "false" : parts[0];
        return groups.map(found -> substituted(parts[2], found)).orElse(otherwise);
    }

    private static String substituted(String template, List<String> groups) {
        return GROUP.matcher(template).replaceAll(reference -> {
            int group = Integer.parseInt(reference.group(1));
            return Matcher.quoteReplacement(group < groups.size() ? groups.get(group) : "");
        });
    }
}
