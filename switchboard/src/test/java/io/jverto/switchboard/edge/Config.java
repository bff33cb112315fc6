package io.jverto.switchboard.edge;

import io.jverto.base.config.ConfigNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Configuration trees for tests, from XML in the test's own text.
public final class Config {
    private Config() {}

    public static ConfigNode xml(String text) {
        try {
            XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(text));
            reader.nextTag();
            return element(reader);
        } catch (XMLStreamException bad) {
            throw new IllegalArgumentException(bad);
        }
    }

    private static ConfigNode element(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        ConfigNode.Origin origin = new ConfigNode.Origin("test.xml", reader.getLocation().getLineNumber());
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        List<ConfigNode> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int event = reader.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(reader));
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
            event = reader.next();
        }
        return new ConfigNode(name, attributes, children, text.toString().trim(), origin);
    }
}
