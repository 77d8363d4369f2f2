package dev.gatun.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the header declares for one target, read from clang's syntax tree. */
final class Headers {

  /** A function parameter; {@code c} is the type as C writes it. */
  record Parameter(String name, String c, CType type) {}

  /** A function. */
  record Function(
      String name, String c, CType result, List<Parameter> parameters, boolean variadic) {}

  /** A struct or union; {@code c} names it in C unless it is nested and nameless. */
  record Record(String c, boolean union, List<Field> fields) {}

  /** A field; {@code name} is empty for a nameless member whose fields belong to the outer one. */
  record Field(String name, String c, CType type) {}

  private static final Map<String, CType.Carrier> NUMBERS =
      Map.ofEntries(
          Map.entry("char", CType.Carrier.BYTE),
          Map.entry("signed char", CType.Carrier.BYTE),
          Map.entry("unsigned char", CType.Carrier.BYTE),
          Map.entry("short", CType.Carrier.SHORT),
          Map.entry("unsigned short", CType.Carrier.SHORT),
          Map.entry("int", CType.Carrier.INT),
          Map.entry("unsigned int", CType.Carrier.INT),
          Map.entry("long", CType.Carrier.LONG),
          Map.entry("unsigned long", CType.Carrier.LONG),
          Map.entry("long long", CType.Carrier.LONG_LONG),
          Map.entry("unsigned long long", CType.Carrier.LONG_LONG));

  private final String triple;
  private final Map<String, Map<String, Object>> functions = new HashMap<>();
  private final Map<String, Map<String, Object>> variables = new HashMap<>();
  private final Map<String, Map<String, Object>> typedefs = new HashMap<>();
  private final Map<String, Map<String, Object>> tags = new HashMap<>();
  private final Map<String, Map<String, Object>> recordsById = new HashMap<>();
  private final Set<String> enumConstants = new HashSet<>();

  Headers(String triple, Object syntaxTree) {
    this.triple = triple;
    for (Map<String, Object> declaration : inner(node(syntaxTree))) {
      index(declaration);
    }
  }

  Set<String> enumConstants() {
    return enumConstants;
  }

  Function function(ArgumentFile.Include include) {
    Map<String, Object> declaration = functions.get(include.name());
    if (declaration == null) {
      throw missing(include, "function");
    }
    String signature = qualType(declaration);
    String result = signature.substring(0, signature.indexOf('(')).strip();
    List<Parameter> parameters = new ArrayList<>();
    for (Map<String, Object> child : inner(declaration)) {
      if (child.get("kind").equals("ParmVarDecl")) {
        String name = (String) child.getOrDefault("name", "x" + parameters.size());
        String c = qualType(child);
        parameters.add(new Parameter(name, c, resolve(c, null)));
      }
    }
    boolean variadic = Boolean.TRUE.equals(declaration.get("variadic"));
    return new Function(include.name(), result, resolve(result, null), parameters, variadic);
  }

  CType variable(ArgumentFile.Include include) {
    Map<String, Object> declaration = variables.get(include.name());
    if (declaration == null) {
      throw missing(include, "variable");
    }
    return resolve(qualType(declaration), null);
  }

  /** The struct or union that a tag or a typedef names. */
  Record record(ArgumentFile.Include include) {
    CType type =
        switch (include.kind()) {
          case STRUCT -> resolve(known("struct " + include.name(), tags, include), null);
          case UNION -> resolve(known("union " + include.name(), tags, include), null);
          default -> resolve(known(include.name(), typedefs, include), null);
        };
    if (type instanceof CType.Group group) {
      return group.group();
    }
    throw new GeneratorException(
        include.where() + ": " + include.name() + " is no struct or union for " + triple);
  }

  private String known(
      String name, Map<String, Map<String, Object>> names, ArgumentFile.Include include) {
    if (!names.containsKey(name)) {
      throw missing(include, "type");
    }
    return name;
  }

  private GeneratorException missing(ArgumentFile.Include include, String what) {
    return new GeneratorException(
        include.where()
            + ": the header declares no "
            + what
            + " "
            + include.name()
            + " for "
            + triple);
  }

  private void index(Map<String, Object> declaration) {
    String name = (String) declaration.getOrDefault("name", "");
    switch ((String) declaration.getOrDefault("kind", "")) {
      case "FunctionDecl" -> {
        // A later declaration never takes parameter names away from an earlier one; clang declares
        // builtins implicitly and without names.
        if (!Boolean.TRUE.equals(declaration.get("isImplicit"))) {
          functions.putIfAbsent(name, declaration);
        }
      }
      case "VarDecl" -> variables.putIfAbsent(name, declaration);
      case "TypedefDecl" -> typedefs.put(name, declaration);
      case "RecordDecl" -> indexRecord(declaration, name);
      case "EnumDecl" -> {
        for (Map<String, Object> child : inner(declaration)) {
          if (child.get("kind").equals("EnumConstantDecl")) {
            enumConstants.add((String) child.get("name"));
          }
        }
      }
      default -> {
        // Nothing that is bound.
      }
    }
  }

  private void indexRecord(Map<String, Object> declaration, String name) {
    recordsById.put((String) declaration.get("id"), declaration);
    if (!name.isEmpty() && Boolean.TRUE.equals(declaration.get("completeDefinition"))) {
      tags.put(declaration.get("tagUsed") + " " + name, declaration);
    }
    for (Map<String, Object> child : inner(declaration)) {
      if (child.get("kind").equals("RecordDecl")) {
        indexRecord(child, (String) child.getOrDefault("name", ""));
      }
    }
  }

  /**
   * Resolves a type that clang printed.
   *
   * @param nameless the nameless struct or union that was defined last, which a type printed as
   *     "unnamed at file:line" means; the text itself depends on the machine
   */
  private CType resolve(String printed, Map<String, Object> nameless) {
    String type = unqualified(printed);
    if (type.contains("(*") || type.endsWith("*")) {
      return new CType.Pointer();
    }
    if (type.endsWith("]")) {
      int open = type.indexOf('[');
      int close = type.indexOf(']');
      CType element = resolve(type.substring(0, open) + type.substring(close + 1), nameless);
      String length = type.substring(open + 1, close);
      return new CType.Array(element, length.isEmpty() ? 0 : Long.parseLong(length));
    }
    if (type.equals("void")) {
      return new CType.Void();
    }
    if (NUMBERS.containsKey(type)) {
      return new CType.Number(NUMBERS.get(type));
    }
    if (type.startsWith("enum ")) {
      return new CType.Number(CType.Carrier.INT);
    }
    if (nameless != null && (type.contains("(unnamed") || type.contains("(anonymous"))) {
      return new CType.Group(recordOf(nameless, ""));
    }
    if (tags.containsKey(type)) {
      return new CType.Group(recordOf(tags.get(type), type));
    }
    Map<String, Object> typedef = typedefs.get(type);
    if (typedef == null) {
      throw new GeneratorException("cannot resolve the C type " + printed + " for " + triple);
    }
    String target = qualType(typedef);
    Map<String, Object> record = recordsById.get(recordId(typedef));
    if (record != null && !record.containsKey("name") && !target.endsWith("]")) {
      return new CType.Group(recordOf(record, type));
    }
    return resolve(target, record);
  }

  private Record recordOf(Map<String, Object> declaration, String c) {
    List<Field> fields = new ArrayList<>();
    Map<String, Object> nameless = null;
    for (Map<String, Object> child : inner(declaration)) {
      if (child.get("kind").equals("RecordDecl")) {
        nameless = child;
      } else if (child.get("kind").equals("FieldDecl")
          && !Boolean.TRUE.equals(child.get("isBitfield"))) {
        String type = qualType(child);
        String name = (String) child.getOrDefault("name", "");
        fields.add(new Field(name, type, resolve(type, nameless)));
      }
    }
    return new Record(c, "union".equals(declaration.get("tagUsed")), fields);
  }

  /** The identity of the record that a typedef defines or names, or "". */
  private static String recordId(Map<String, Object> declaration) {
    for (Map<String, Object> child : inner(declaration)) {
      for (String link : List.of("ownedTagDecl", "decl")) {
        if (child.get(link) != null && node(child.get(link)).get("kind").equals("RecordDecl")) {
          return (String) node(child.get(link)).get("id");
        }
      }
      String id = recordId(child);
      if (!id.isEmpty()) {
        return id;
      }
    }
    return "";
  }

  private static String unqualified(String printed) {
    String type = printed.strip();
    for (boolean again = true; again; ) {
      again = false;
      for (String qualifier : List.of("const", "volatile", "restrict", "__restrict")) {
        if (type.startsWith(qualifier + " ")) {
          type = type.substring(qualifier.length()).strip();
          again = true;
        }
        if (type.endsWith("*" + qualifier) || type.endsWith(" " + qualifier)) {
          type = type.substring(0, type.length() - qualifier.length()).strip();
          again = true;
        }
      }
    }
    return type;
  }

  private static String qualType(Map<String, Object> declaration) {
    return (String) node(declaration.get("type")).get("qualType");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> node(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<Map<String, Object>> inner(Map<String, Object> declaration) {
    List<Map<String, Object>> children = new ArrayList<>();
    if (declaration.get("inner") instanceof List<?> list) {
      for (Object child : list) {
        if (child instanceof Map<?, ?> map && map.containsKey("kind")) {
          children.add(node(child));
        }
      }
    }
    return children;
  }
}
