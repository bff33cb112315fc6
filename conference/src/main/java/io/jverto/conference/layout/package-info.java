/// Who is where on a canvas: layouts, groups of them, and how members are seated in their slots (conference.md section 21).
@org.jspecify.annotations.NullMarked
package io.jverto.conference.layout;
