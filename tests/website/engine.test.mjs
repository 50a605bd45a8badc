// The engine of the search, by Node's own test runner; test_engine.py runs it with the rest.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Engine } from "../../site_templates/search/engine/engine.js";
import { indexOf } from "../../site_templates/search/engine/documents.js";
import { excerptOf, finder, marked } from "../../site_templates/search/engine/excerpt.js";
import { stemSpanish } from "../../site_templates/search/engine/stemmer.js";
import { distance, edits, wordsOf } from "../../site_templates/search/engine/text.js";

const page = (title, text = "", more = {}) => ({ address: `${title}/`, title, text, ...more });
const titles = (results) => results.map(({ title }) => title.map(([part]) => part).join(""));
const found = async (documents, question, options = {}) => titles(await (await Engine.of(documents, options)).search(question));

describe("words", () => {
  test("lose case and accents and keep ñ", () => {
    assert.deepEqual(wordsOf("¿Qué AÑO, José?"), ["que", "año", "jose"]);
  });

  test("may have as many slips as their length forgives", () => {
    assert.deepEqual(["caja", "orden", "inventario", "serie2026"].map(edits), [0, 1, 2, 0]);
  });

  test("with two letters exchanged are one slip away", () => {
    assert.equal(distance("rgeistro", "registro"), 1);
    assert.equal(distance("factura", "facturas"), 1);
    assert.equal(distance("caja", "cobro"), 4);
  });
});

describe("the stemmer gives one stem to", () => {
  for (const family of [
    "registro registros registrar registrado registra",
    "factura facturas facturar facturacion facturado",
    "orden ordenes ordenar",
    "conciliacion conciliaciones conciliar concilia",
    "banco bancos bancario bancaria",
    "almacen almacenes",
    "pago pagos pagar pagado pague pagamos pagarle pagarles",
    "devolver devolverle devuelve devuelto devolucion",
    "equivocar equivoque equivocamos equivocado",
    "contabilizar contabilice contabilizacion",
    "vender vendi vendio vendimos venderle",
    "pedir pide pidio pedirselo",
    "cambio cambios cambiar cambiamos",
  ]) {
    test(family, () => assert.equal(new Set(family.split(" ").map(stemSpanish)).size, 1));
  }

  test("no two words that only look alike", () => {
    assert.notEqual(stemSpanish("mercado"), stemSpanish("mercancia"));
    assert.notEqual(stemSpanish("carta"), stemSpanish("cartera"));
    assert.notEqual(stemSpanish("contar"), stemSpanish("contabilidad"));
    assert.notEqual(stemSpanish("maquina"), stemSpanish("maquinaria"));
  });
});

describe("the search finds", () => {
  const manual = [page("Anular una factura"), page("Cierre de caja"), page("Año fiscal"), page("Recepción de productos")];

  for (const [why, question, first] of [
    ["a title as it is written", "Anular una factura", "Anular una factura"],
    ["without accents", "recepcion", "Recepción de productos"],
    ["with a letter too few", "anular fatura", "Anular una factura"],
    ["with two letters exchanged", "anular fcatura", "Anular una factura"],
    ["in another form of the word", "anulaciones de facturas", "Anular una factura"],
    ["with the last word unfinished", "cierre de ca", "Cierre de caja"],
    ["inside a whole question", "no sé cómo se hace para anular una factura, por favor", "Anular una factura"],
    ["by ñ", "año", "Año fiscal"],
  ]) {
    test(why, async () => assert.equal((await found(manual, question))[0], first));
  }

  test("nothing by another letter than ñ: año is not ano", async () => {
    assert.deepEqual(await found([page("ano"), page("anotar")], "año"), []);
    assert.deepEqual(await found([page("año")], "ano"), []);
  });

  test("nothing where there is nothing", async () => {
    assert.deepEqual(await found(manual, "xilófono"), []);
    assert.deepEqual(await found(manual, ""), []);
    assert.deepEqual(await found([], "factura"), []);
  });

  test("words that only say how one asks, when there are no others", async () => {
    assert.deepEqual(await found([page("Cómo empezar")], "cómo"), ["Cómo empezar"]);
  });

  test("by the questions that a page answers", async () => {
    const documents = [page("Nota de crédito", "", { questions: ["¿Qué hago si me equivoqué?"] }), page("Factura")];
    assert.deepEqual(await found(documents, "me equivoque"), ["Nota de crédito"]);
  });
});

describe("synonyms", () => {
  const documents = [page("Registrar un producto"), page("Lista de materiales")];

  test("of a group stand for each other", async () => {
    const synonyms = [["producto", "artículo"]];
    assert.deepEqual(await found(documents, "registrar articulos", { synonyms }), ["Registrar un producto"]);
  });

  test("of one way lead that way only", async () => {
    const synonyms = [{ cosa: ["producto"], producto: ["lista"] }];
    assert.deepEqual(await found(documents, "cosa", { synonyms }), ["Registrar un producto"]);
    assert.deepEqual(await found([page("Una cosa")], "producto", { synonyms }), []);
  });

  test("of several words count where they are complete", async () => {
    const synonyms = [["pedido", "orden de venta"]];
    const orders = [page("Orden de compra"), page("Orden de venta")];
    assert.deepEqual(await found(orders, "pedido", { synonyms }), ["Orden de venta"]);
    assert.deepEqual(await found([page("Pedido")], "orden de venta", { synonyms }), ["Pedido"]);
    assert.deepEqual(await found([page("Pedido")], "orden de compra", { synonyms }), []);
  });

  test("of several words are found with a word between them, and no more", async () => {
    const synonyms = [{ "pedir proveedor": ["orden de compra"] }];
    const orders = [page("Orden de compra"), page("Orden de venta")];
    assert.deepEqual(await found(orders, "pedirle mercancía al proveedor", { synonyms }), ["Orden de compra"]);
    assert.deepEqual(await found(orders, "pedir luego pronto ya al proveedor", { synonyms }), []);
  });

  test("are not mistaken for misspelt words", async () => {
    const synonyms = [{ valía: ["costo"] }];
    const documents = [page("Validez"), page("Costo"), page("Valija", "valida")];
    assert.deepEqual(await found(documents, "valia", { synonyms }), ["Costo"]);
  });

  test("weigh less than the word that was written", async () => {
    const synonyms = [["producto", "artículo"]];
    assert.deepEqual(await found([page("Artículo"), page("Producto")], "producto", { synonyms }), ["Producto", "Artículo"]);
  });
});

describe("the order of results", () => {
  test("puts titles above headings, and headings above texts", async () => {
    const documents = [
      page("Uno", "El kardex y otras cosas."),
      page("Dos", "", { sections: [{ anchor: "k", heading: "El kardex", text: "" }] }),
      page("Kardex"),
    ];
    assert.deepEqual(await found(documents, "kardex"), ["Kardex", "Dos", "Uno"]);
  });

  test("puts the exact form above its family", async () => {
    assert.deepEqual(await found([page("Registrar"), page("Registro")], "registro"), ["Registro", "Registrar"]);
  });

  test("breaks ties by how close the words stand", async () => {
    const far = "La factura se guarda. ".padEnd(150, "Nada más que decir aquí. ");
    const documents = [page("Lejos", `${far} Se anula después.`), page("Cerca", `Se anula la factura. ${far}`)];
    assert.deepEqual(await found(documents, "anula factura"), ["Cerca", "Lejos"]);
  });

  test("prefers the title that is the question, prepositions included", async () => {
    const documents = [page("Registro de orden de compra desde requisición"), page("Registro de orden"), page("Registro desde orden")];
    assert.equal((await found(documents, "registro desde orden"))[0], "Registro desde orden");
  });

  test("heeds what is meant above what is said around it", async () => {
    const documents = [page("Cuando algo queda mal"), page("Cobro de facturas")];
    assert.equal((await found(documents, "me quedo mal una factura"))[0], "Cobro de facturas");
  });

  test("forgives a word left unsaid that no title or heading has", async () => {
    const scoreBeside = async (other) => {
      const engine = await Engine.of([page("Cobros"), { address: "otra/", title: "Pagos", sections: [{ anchor: "s", ...other }] }]);
      return (await engine.search("cobros bolsillo")).find(({ address }) => address === "Cobros/").score;
    };
    const inText = await scoreBeside({ heading: "Otra", text: "bolsillo" });
    assert.ok(inText > (await scoreBeside({ heading: "Bolsillo", text: "otra" })));
  });

  test("is the same whatever the order of the documents", async () => {
    const documents = ["Factura de venta", "Factura de compra", "Pago de factura"].map((title) => page(title));
    const [forth, back] = [await found(documents, "pago factura"), await found(documents.toReversed(), "pago factura")];
    assert.equal(forth[0], back[0]);
  });
});

describe("a result", () => {
  const documents = [{
    address: "iva/", title: "El IVA", kind: "Ticket",
    sections: [
      { anchor: "", heading: "", text: "Un impuesto." },
      { anchor: "tasa-reducida", heading: "Tasa reducida", text: "Los alimentos pagan la tasa reducida del impuesto." },
    ],
  }];

  test("leads to the section and shows where the words stand", async () => {
    const [result] = await (await Engine.of(documents)).search("tasa reducida alimentos");
    assert.equal(result.address, "iva/#tasa-reducida");
    assert.equal(result.kind, "Ticket");
    assert.deepEqual(result.preview.filter(([, isMarked]) => isMarked).map(([part]) => part), ["alimentos", "tasa", "reducida"]);
  });

  test("leads to the top when the title says it all", async () => {
    const [result] = await (await Engine.of(documents)).search("iva");
    assert.equal(result.address, "iva/");
  });

  test("stays what it was where nothing new was read, and comes three times", async () => {
    const engine = await Engine.of(documents);
    await engine.search("tasa reducida alimentos");
    const stages = [];
    for await (const results of engine.answers("tasa reducida alimentos")) stages.push(results);
    assert.equal(stages.length, 3);
    assert.deepEqual(stages[0], stages[2]);
    assert.ok(stages[0][0].preview.length);
  });

  test("heeds files that another question fetched meanwhile", async () => {
    const files = indexOf(documents, { language: "es" });
    const engine = await Engine.open(files);
    await engine.readWords();
    const slow = engine.answers("alimentos");
    assert.deepEqual((await slow.next()).value, []);
    await engine.search("alimentos");
    assert.equal((await slow.next()).value.length, 1);
  });

  test("is given at a glance without its text", async () => {
    const engine = await Engine.of(documents);
    assert.deepEqual(engine.glance("tasa reducida")[0].preview, []);
    assert.deepEqual(engine.glance("alimentos"), []);
    assert.equal((await engine.search("alimentos")).length, 1);
  });
});

test("excerpts show the part with the most words of the question", () => {
  const text = `La caja. ${"Relleno sin interés. ".repeat(20)}Se cierra la caja por la noche. ${"Más relleno. ".repeat(20)}`;
  const shown = excerptOf(text, finder(new Map([["caja", 0], ["cierra", 1]]))).runs.map(([part]) => part).join("");
  assert.match(shown, /^… .*Se cierra la caja por la noche\..* …$/);
});

test("marks keep the letters as they were written", () => {
  assert.deepEqual(marked("El AÑO: Recepción", finder(new Map([["año", 0], ["recepcion", 1]]))), [
    ["El ", false], ["AÑO", true], [": ", false], ["Recepción", true],
  ]);
});
