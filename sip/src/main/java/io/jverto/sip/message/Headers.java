package io.jverto.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// All headers but those of the [Envelope] and Content-Length, in their order. Names differ by more than case.
public record Headers(List<Header> all) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    public Optional<String> first(String name) {
        return all.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /// @return the values of all headers of that name, each as it stands in its line
    public List<String> lines(String name) {
        return all.stream().filter(header -> header.is(name)).map(Header::value).toList();
    }

    /// @return the addresses of all headers of that name; empty when one of them is none, which the decoder has refused where it matters
    public List<NameAddr> addresses(String name) {
        try {
            return readAddresses(name);
        } catch (MalformedSip malformed) {
            return List.of();
        }
    }

    /// @return the words of all headers of that name, in lower case: option tags, methods, events
    public Set<String> words(String name) {
        return lines(name).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @return the number that the first header of that name begins with; empty when there is none
    public OptionalLong number(String name) {
        try {
            Optional<String> text = first(name);
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(new Cursor(text.get()).number(name, 0xffff_ffffL));
        } catch (MalformedSip notANumber) {
            return OptionalLong.empty();
        }
    }

    /// @return with one more
    public Headers and(String name, String value) {
        List<Header> more = new ArrayList<>(all);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    public Headers and(String name, List<?> values) {
        Headers more = this;
        for (Object value : values) {
            more = more.and(name, value.toString());
        }
        return more;
    }

    public Headers and(Headers others) {
        List<Header> more = new ArrayList<>(all);
        more.addAll(others.all);
        return new Headers(more);
    }

    /// @return with this one in place of all of its name
    public Headers with(String name, String value) {
        return without(name).and(name, value);
    }

    public Headers without(String name) {
        return new Headers(all.stream().filter(header -> !header.is(name)).toList());
    }

    List<NameAddr> readAddresses(String name) throws MalformedSip {
        List<NameAddr> addresses = new ArrayList<>();
        for (String line : lines(name)) {
            addresses.addAll(NameAddr.readList(line));
        }
        if (addresses.size() > SipLimits.LIST) {
            throw new MalformedSip("too many of " + name);
        }
        return addresses;
    }
}
