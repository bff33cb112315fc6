package io.jverto.sip.subscribe;

import io.jverto.sip.message.Body;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What somebody is at, as he says himself or the switch sees (RFC 3863, RFC 4480).
///
/// @param open whether he can be reached
/// @param note in words; may be empty
/// @param activity for instance `on-the-phone` or `away`; may be empty
public record PersonState(boolean open, String note, String activity) {
    private static final int MAX_TEXT = 16_384;
    private static final int MAX_NOTE = 200;

    /// @param pidf a document of type application/pidf+xml; only what stands there is read, nothing that it refers to
    /// @return empty when it is none
    public static Optional<PersonState> parse(Body pidf) {
        if (pidf.length() > MAX_TEXT) {
            return Optional.empty();
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(pidf.text()));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<PersonState> read(XMLStreamReader reader) throws XMLStreamException {
        String basic = "";
        String note = "";
        String activity = "";
        boolean activities = false;
        boolean presence = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("activities")) {
                activities = false;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "presence" -> presence = true;
                    case "activities" -> activities = true;
                    case "basic" -> basic = basic.isEmpty() ? reader.getElementText().strip() : basic;
                    case "note" -> note = note.isEmpty() ? reader.getElementText().strip() : note;
                    default -> activity = activities && activity.isEmpty() ? reader.getLocalName() : activity;
                }
            }
        }
        boolean readable = presence && (basic.equals("open") || basic.equals("closed"));
        return readable ? Optional.of(new PersonState(basic.equals("open"), cut(note), cut(activity))) : Optional.empty();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_NOTE));
    }
}
