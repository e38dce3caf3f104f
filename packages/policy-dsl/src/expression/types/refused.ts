import { declareType, type TypeDeclaration } from './declare.js'

/**
 * What .NET has in the assemblies that expressions see, and the service refuses whatever is done with it. No member is declared: that the
 * type is refused is said before anything about a member could be. Without these names people would be told that .NET had no `File`.
 */
const NAMES: Readonly<Record<string, string>> = {
  System:
    'Activator AppDomain AppDomainSetup Attribute Buffer Console GC Lazy<T> MarshalByRefObject OperatingSystem WeakReference WeakReference<T>',
  'System.Collections': 'ArrayList BitArray Comparer Hashtable Queue SortedList Stack',
  'System.Collections.Concurrent':
    'ConcurrentBag<T> ConcurrentDictionary<TKey,TValue> ConcurrentQueue<T> ConcurrentStack<T>',
  'System.Collections.Generic': 'LinkedList<T> SortedList<TKey,TValue> SortedSet<T>',
  'System.Collections.Specialized': 'NameValueCollection StringDictionary',
  'System.Diagnostics': 'Debug Process ProcessStartInfo StackTrace Stopwatch Trace',
  'System.IO':
    'BinaryReader BinaryWriter BufferedStream Directory DirectoryInfo DriveInfo File FileInfo FileMode FileStream',
  'System.Net': 'Dns HttpWebRequest HttpWebResponse ServicePointManager WebClient WebRequest WebResponse',
  'System.Net.Sockets': 'Socket TcpClient UdpClient',
  'System.Reflection': 'Assembly BindingFlags FieldInfo MethodInfo PropertyInfo',
  'System.Security.Cryptography':
    'CryptoConfig CryptoStream ECDsa ProtectedData RC2 RC2CryptoServiceProvider RIPEMD160 RIPEMD160Managed',
  'System.Security.Cryptography.X509Certificates': 'StoreLocation StoreName X509Chain X509Store',
  'System.Threading':
    'AutoResetEvent CancellationToken CancellationTokenSource Interlocked ManualResetEvent Monitor Mutex SemaphoreSlim Thread ThreadPool Timer Volatile',
  'System.Threading.Tasks': 'Parallel Task Task<TResult> TaskFactory',
  // The rest of System.Web is in an assembly that expressions do not see: there is no HttpUtility.
  'System.Web': 'AspNetHostingPermission',
}

export const REFUSED: readonly TypeDeclaration[] = Object.entries(NAMES).flatMap(([namespace, names]) =>
  names.split(' ').map((name) => declareType(`${namespace}.${name}`)),
)
