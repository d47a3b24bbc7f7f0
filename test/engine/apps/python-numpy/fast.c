#include <Python.h>

static PyObject *twice(PyObject *self, PyObject *args) {
  double value;
  if (!PyArg_ParseTuple(args, "d", &value)) return NULL;
  return PyFloat_FromDouble(2 * value);
}

static PyMethodDef methods[] = {{"twice", twice, METH_VARARGS, "doubles"}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", NULL, -1, methods};
PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
