package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML to [ConfigNode]s. No DTD, no entity but the five of XML itself, bounded depth: nothing in a file makes it read
/// another one or grow.
final class TreeReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 500_000;

    private final FlatText source;
    private final List<ConfigProblem> problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    TreeReader(FlatText source, List<ConfigProblem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /// @return the root element; empty after an error, which is then among the problems
    Optional<ConfigNode> read() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(source.text()));
            Optional<ConfigNode> root = Optional.empty();
            while (reader.hasNext() && root.isEmpty()) {
                root = onEvent(reader, reader.next());
            }
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException wrong) {
            problems.add(explain(wrong));
            return Optional.empty();
        }
    }

    /// @return the root, once it has been closed
    private Optional<ConfigNode> onEvent(XMLStreamReader reader, int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> onStart(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                ConfigNode node = open.pop().close();
                if (open.isEmpty()) {
                    return Optional.of(node);
                }
                open.element().children.add(node);
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (!open.isEmpty()) {
                    open.element().text.append(reader.getText());
                }
            }
            case XMLStreamConstants.DTD ->
                throw new XMLStreamException("a DOCTYPE is not allowed; take it out", reader.getLocation());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new XMLStreamException(
                        "the entity '&" + reader.getLocalName() + ";' is not known; write &amp; for a single '&'",
                        reader.getLocation());
            default -> { /* comments and white space mean nothing here */ }
        }
        return Optional.empty();
    }

    private void onStart(XMLStreamReader reader) throws XMLStreamException {
        if (open.size() >= MAX_DEPTH) {
            throw new XMLStreamException("elements stand more than " + MAX_DEPTH + " deep in each other", reader.getLocation());
        }
        if (++elements > MAX_ELEMENTS) {
            throw new XMLStreamException("there are more than " + MAX_ELEMENTS + " elements", reader.getLocation());
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        open.push(new Open(reader.getLocalName(), attributes, source.origin(reader.getLocation().getLineNumber())));
    }

    private ConfigProblem explain(XMLStreamException wrong) {
        int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNumber();
        // The parser's text begins with "ParseError at [row,col]:[..]" of the flattened document: meaningless to a person.
        String message = String.valueOf(wrong.getMessage()).lines()
                .filter(part -> !part.startsWith("ParseError at"))
                .map(part -> part.replaceFirst("^Message: (http\\S*#\\S*)?", ""))
                .findFirst()
                .orElse("it is not XML");
        String where = open.isEmpty()
                ? ""
                : "; <" + open.element().name + "> of " + open.element().origin + " is still open there: is its </"
                        + open.element().name + "> missing?";
        Origin noticed = source.origin(line);
        if (message.contains("</") && !open.isEmpty() && !open.element().origin.file().equals(noticed.file())) {
            // an included file ended too early: that is where something has to be mended
            return ConfigProblem.error(open.element().origin, "<" + open.element().name + "> is not closed: its </" + open.element().name
                    + "> is missing in this file (noticed at " + noticed + ")");
        }
        return ConfigProblem.error(noticed, message.strip() + where);
    }

    private static final class Open {
        private final String name;
        private final Map<String, String> attributes;
        private final Origin origin;
        private final List<ConfigNode> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, Map<String, String> attributes, Origin origin) {
            this.name = name;
            this.attributes = attributes;
            this.origin = origin;
        }

        ConfigNode close() {
            return new ConfigNode(name, attributes, children, text.toString().strip(), origin);
        }
    }
}
