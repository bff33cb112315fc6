package io.jverto.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parameters in their order. Names differ by more than case.
public record Params(List<Param> all) {
    public static final Params NONE = new Params(List.of());

    private static final String ENDS = " \t;,=\"<>";

    public Params {
        all = List.copyOf(all);
    }

    /// @return the first of that name: empty text when it has no value
    public Optional<String> get(String name) {
        for (Param param : all) {
            if (param.name().equalsIgnoreCase(name)) {
                return Optional.of(param.value());
            }
        }
        return Optional.empty();
    }

    public boolean has(String name) {
        return get(name).isPresent();
    }

    /// @param value a token, or a text with its quotes; empty for a parameter without a value
    /// @return with this parameter, in place of all of its name
    public Params with(String name, String value) {
        List<Param> changed = new ArrayList<>(without(name).all);
        changed.add(new Param(name, value));
        return new Params(changed);
    }

    public Params without(String name) {
        return new Params(all.stream().filter(param -> !param.name().equalsIgnoreCase(name)).toList());
    }

    /// Those of a header: `;name=value`, with white space around each sign, up to a comma or the end.
    static Params read(Cursor cursor) throws MalformedSip {
        List<Param> params = new ArrayList<>();
        while (cursor.acceptAround(';')) {
            String name = cursor.until(ENDS);
            if (name.isEmpty()) {
                throw new MalformedSip("a parameter without a name");
            }
            String raw = "";
            if (cursor.acceptAround('=')) {
                raw = cursor.peek() == '"' ? cursor.quotedRaw() : cursor.until(" \t;,\"<>");
            }
            params.add(new Param(name, raw));
        }
        cursor.skipSpace();
        return bounded(params);
    }

    /// Those of a URI, where no space and no quote can be.
    static Params ofUri(String text) throws MalformedSip {
        List<Param> params = new ArrayList<>();
        for (String part : text.split(";", SipLimits.PARAMS + 2)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (name.isEmpty()) {
                throw new MalformedSip("a URI's parameter without a name");
            }
            params.add(new Param(name, equals < 0 ? "" : part.substring(equals + 1)));
        }
        return bounded(params);
    }

    private static Params bounded(List<Param> params) throws MalformedSip {
        if (params.size() > SipLimits.PARAMS) {
            throw new MalformedSip("too many parameters");
        }
        return params.isEmpty() ? NONE : new Params(params);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        all.forEach(param -> text.append(';').append(param));
        return text.toString();
    }
}
